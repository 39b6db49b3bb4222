/*
 * A WASI command that exits with the status given as its last argument, from -2147483648 to
 * 4294967295; 0 if there is none.
 */
#include <stdlib.h>
#include <wasi/api.h>

int main(int argc, char **argv) {
    long long status = argc > 1 ? strtoll(argv[argc - 1], NULL, 10) : 0;
    __wasi_proc_exit((__wasi_exitcode_t) status);
}
