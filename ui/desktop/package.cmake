# What goes onto a user's machine besides the program, and the Debian package that brings it: ./dev package
include(GNUInstallDirs)
set(here ${CMAKE_CURRENT_LIST_DIR})

install(FILES ${here}/changji.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES ${here}/org.changji.Changji.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(FILES ${here}/completion.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME changji)
install(FILES ${here}/copyright ${here}/README.Debian DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/changji)
install(FILES ${here}/changji.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)

# As Debian wants them: pages and changelog compressed without a name and a time, so that two builds are alike.
foreach(page "changji.1;${CMAKE_INSTALL_MANDIR}/man1/changji.1.gz" "changji.zh_CN.1;${CMAKE_INSTALL_MANDIR}/zh_CN/man1/changji.1.gz"
    "changelog;${CMAKE_INSTALL_DATADIR}/doc/changji/changelog.gz")
  list(POP_FRONT page source)
  get_filename_component(folder ${page} DIRECTORY)
  get_filename_component(name ${page} NAME)
  set(made ${CMAKE_BINARY_DIR}/desktop/${source}.gz)
  add_custom_command(OUTPUT ${made} DEPENDS ${here}/${source}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/desktop
    COMMAND gzip -9nc ${here}/${source} > ${made} VERBATIM)
  list(APPEND CHANGJI_DESKTOP_FILES ${made})
  install(FILES ${made} DESTINATION ${folder} RENAME ${name})
endforeach()

# Desktops that can't draw SVG take these.
find_program(RSVG_CONVERT rsvg-convert)
if(RSVG_CONVERT)
  foreach(size 16 24 32 48 64 128 256 512)
    set(made ${CMAKE_BINARY_DIR}/desktop/changji-${size}.png)
    add_custom_command(OUTPUT ${made} DEPENDS ${here}/changji.svg
      COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/desktop
      COMMAND ${RSVG_CONVERT} --width ${size} --height ${size} --output ${made} ${here}/changji.svg VERBATIM)
    list(APPEND CHANGJI_DESKTOP_FILES ${made})
    install(FILES ${made} DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/${size}x${size}/apps RENAME changji.png)
  endforeach()
endif()
add_custom_target(changji_desktop ALL DEPENDS ${CHANGJI_DESKTOP_FILES})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "Changji contributors <maintainers@changji.invalid>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION video)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "interview recorder that judges light, background and sound")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
  "A camera and microphone recorder for campus TV crews. While it records it
says, in Chinese or English, whether the light is sufficient, the background
simple and the room quiet; it keeps the picture at 16:9 and 1080p, shows the
host the mandated opening line, and writes an MP4 that the receiving station
accepts. After each take it says, clause by clause, whether it can be sent in.")
# Libraries by what the program was linked with; data that no library asks for by name.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "opencv-data, fonts-noto-cjk | fonts-wqy-zenhei, libgl1, libgl1-mesa-dri")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "pulseaudio | pipewire-pulse")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "chromium")
include(CPack)
