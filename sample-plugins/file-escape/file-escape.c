/*
 * Tries to leave /data, which must be its only directory, in the ways that programs and attackers
 * know. Prints a line for each way that worked and exits with their number: 0 when nothing did.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wasi/api.h>

static int escapes;

static void must_fail(int result, const char *way) {
    if (result >= 0) {
        printf("escaped: %s\n", way);
        escapes++;
    }
}

/* Past the C library, which would make something else of such a path. */
static int raw_open(const char *path, __wasi_oflags_t flags, __wasi_rights_t rights) {
    __wasi_fd_t file;
    __wasi_errno_t error = __wasi_path_open(3, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, path, flags,
                                            rights, rights, 0, &file);
    return error == 0 ? (int) file : -1;
}

static const char *const PATHS[] = {
    "..", "../secret.txt", "./../secret.txt", "sub/../../secret.txt", "sub/../../../etc/passwd",
    "/etc/passwd", "//etc/passwd", "sub/..//../secret.txt", "../", "/", "link-out",
    "link-out/secret.txt", "link-file", "link-up/secret.txt", "link-slash/",
};

int main(void) {
    mkdir("/data/sub", 0700);
    symlink("..", "/data/link-up");
    symlink("../../secret.txt", "/data/sub/link");
    must_fail(symlink("/etc/passwd", "/data/absolute"), "an absolute link");
    for (size_t i = 0; i < sizeof PATHS / sizeof PATHS[0]; i++) {
        must_fail(raw_open(PATHS[i], 0, __WASI_RIGHTS_FD_READ), PATHS[i]);
        must_fail(raw_open(PATHS[i], __WASI_OFLAGS_CREAT, __WASI_RIGHTS_FD_WRITE), PATHS[i]);
    }
    must_fail(raw_open("sub/link", 0, __WASI_RIGHTS_FD_READ), "sub/link");
    must_fail(rename("/data/sub", "/data/../moved"), "rename to outside");
    must_fail(__wasi_path_rename(3, "sub", 3, "../moved") == 0 ? 0 : -1, "raw rename to outside");
    must_fail(__wasi_path_link(3, 0, "../secret.txt", 3, "hard") == 0 ? 0 : -1, "hard link");
    must_fail(__wasi_path_unlink_file(3, "../secret.txt") == 0 ? 0 : -1, "unlink outside");
    must_fail(__wasi_path_create_directory(3, "../made") == 0 ? 0 : -1, "directory outside");
    unlink("/data/link-up");
    unlink("/data/sub/link");
    rmdir("/data/sub");
    return escapes;
}
