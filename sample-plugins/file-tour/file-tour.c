/*
 * A WASI command that shows what a program can do with files: `file-tour [DIRECTORY]` makes a
 * directory `tour` in DIRECTORY (`/data` unless given), works in it, and removes it again. The
 * variable NOTE is what it writes. Prints one line for each step; status 1 names the first that
 * failed.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char directory[200];

static const char *in_tour(const char *name) {
    static char path[2][256];
    static int turn;
    turn = !turn;
    snprintf(path[turn], sizeof path[turn], "%s/tour/%s", directory, name);
    return path[turn];
}

static void check(int worked, const char *step) {
    if (!worked) {
        fprintf(stderr, "file-tour: %s: %s\n", step, strerror(errno));
        exit(1);
    }
}

static void write_note(const char *note) {
    FILE *file = fopen(in_tour("note.txt"), "w");
    check(file != NULL, "create");
    check(fprintf(file, "%s\n", note) > 0, "write");
    check(fclose(file) == 0, "close");
    file = fopen(in_tour("note.txt"), "a");
    check(file != NULL && fputs("and more\n", file) >= 0 && fclose(file) == 0, "append");
}

static void read_note(void) {
    char line[100];
    FILE *file = fopen(in_tour("note.txt"), "r");
    check(file != NULL, "open");
    while (fgets(line, sizeof line, file) != NULL) {
        printf("read %s", line);
    }
    check(fseek(file, 1, SEEK_SET) == 0 && fgets(line, 4, file) != NULL, "seek");
    printf("from 1: %s\n", line);
    check(fclose(file) == 0, "close");
}

static void describe(void) {
    struct stat known;
    check(stat(in_tour("note.txt"), &known) == 0, "stat");
    time_t now = time(NULL);
    int fresh = known.st_mtim.tv_sec > now - 3600 && known.st_mtim.tv_sec < now + 3600;
    printf("size %lld, %s, %s\n", (long long) known.st_size,
           S_ISREG(known.st_mode) ? "a file" : "no file", fresh ? "fresh" : "old");
}

static int by_name(const void *a, const void *b) {
    return strcmp(a, b);
}

static void list(void) {
    static char names[20][64];
    size_t count = 0;
    DIR *open = opendir(in_tour("."));
    check(open != NULL, "open directory");
    for (struct dirent *entry = readdir(open); entry != NULL; entry = readdir(open)) {
        if (count < 20 && strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            snprintf(names[count++], sizeof names[0], "%s%s", entry->d_name,
                     entry->d_type == DT_DIR ? "/" : "");
        }
    }
    check(closedir(open) == 0, "close directory");
    qsort(names, count, sizeof names[0], by_name);
    for (size_t i = 0; i < count; i++) {
        printf("entry %s\n", names[i]);
    }
}

static void name_at_random(void) {
    unsigned char random[4];
    char name[32];
    check(getentropy(random, sizeof random) == 0, "random");
    snprintf(name, sizeof name, "%02x%02x%02x%02x.tmp", random[0], random[1], random[2], random[3]);
    int file = open(in_tour(name), O_CREAT | O_EXCL | O_RDWR, 0600);
    check(file >= 0 && ftruncate(file, 1000) == 0, "extend");
    check(lseek(file, 0, SEEK_END) == 1000 && close(file) == 0, "seek to the end");
    check(unlink(in_tour(name)) == 0, "remove");
    puts("a file with a random name came and went");
}

int main(int argc, char **argv) {
    const char *note = getenv("NOTE");
    snprintf(directory, sizeof directory, "%s", argc > 1 && argv[1][0] == '/' ? argv[1] : "/data");
    check(mkdir(in_tour(""), 0700) == 0, "make directory");
    write_note(note == NULL ? "nothing to say" : note);
    read_note();
    describe();
    check(mkdir(in_tour("inner"), 0700) == 0, "make inner directory");
    check(symlink("../note.txt", in_tour("inner/link")) == 0, "link");
    check(access(in_tour("inner/link"), R_OK) == 0, "follow link");
    check(rename(in_tour("note.txt"), in_tour("renamed.txt")) == 0, "rename");
    check(access(in_tour("inner/link"), R_OK) != 0 && errno == ENOENT, "see that it is gone");
    list();
    name_at_random();
    check(unlink(in_tour("inner/link")) == 0, "remove link");
    check(rmdir(in_tour("inner")) == 0, "remove inner directory");
    check(unlink(in_tour("renamed.txt")) == 0, "remove file");
    check(rmdir(in_tour("")) == 0, "remove directory");
    puts("done");
    return fflush(stdout) == 0 ? 0 : 1;
}
