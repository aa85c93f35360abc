#include "ui/cli/cli.hpp"

int main(int argc, char** argv) { return changji::run_command_line(argc, argv); }
