# Completion of changji in bash. Commands and options are read from the program's own help, so they are never out of date.
_changji() {
    local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD - 1]}" commands=() at
    case "$before" in
        --language) mapfile -t COMPREPLY < <(compgen -W 'zh_CN en' -- "$word") && return ;;
        --preset) mapfile -t COMPREPLY < <(
            compgen -W "$(changji --language en preset list 2>/dev/null | cut -d ' ' -f 1)" -- "$word"
            compgen -f -X '!*.toml' -- "$word"
        ) && return ;;
        --camera) mapfile -t COMPREPLY < <(compgen -W "auto demo $(echo /dev/video[0-9]*)" -- "$word") && return ;;
        --microphone) mapfile -t COMPREPLY < <(compgen -W 'auto camera none demo' -- "$word") && return ;;
    esac
    for ((at = 1; at < COMP_CWORD; at++)); do
        [[ "${COMP_WORDS[at]}" == -* ]] || commands+=("${COMP_WORDS[at]}")
    done
    # What follows the commands are files: the longest beginning of them that has a help of its own counts.
    local help='' depth
    for depth in 2 1 0; do
        [ "${#commands[@]}" -ge "$depth" ] || continue
        help="$(changji --language en "${commands[@]:0:depth}" --help 2>/dev/null)" && break
    done
    local options subcommands
    options="$(grep -oE -- '--[a-z][a-z-]*' <<< "$help" | sort -u)"
    subcommands="$(sed -n '/^Subcommands:/,/^$/s/^  \([a-z]\+\) .*/\1/p' <<< "$help")"
    if [[ "$word" == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
    elif [ -n "$subcommands" ] && [ "${#commands[@]}" -eq "$depth" ]; then
        mapfile -t COMPREPLY < <(compgen -W "$subcommands" -- "$word")
    else
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
    fi
}
complete -F _changji changji
