// A disk that fails when it is told to. Preloaded into a server; FAILDISK names a file of 8 bytes, shared with the test:
//   0  errno of writes to the database and its log        2  errno of opening anything of the data folder
//   1  errno of syncs of them                             3  errno of writes to uploads
// 0 is a disk that works. The data folder is the one that the file of FAILDISK lies beside: <folder>.faildisk.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

#include "real.h"

#define FDS 65536
enum { UNKNOWN, OTHER, DATABASE, UPLOAD };

static volatile unsigned char *fails;
static char folder[PATH_MAX];
static unsigned char kind_of[FDS];

static int (*real_open)(const char *, int, ...);
static int (*real_openat)(int, const char *, int, ...);

__attribute__((constructor)) static void init(void) {
  if (real_close) return;
  real_open = dlsym(RTLD_NEXT, "open64");
  real_openat = dlsym(RTLD_NEXT, "openat64");
  find_real();
  const char *file = getenv("FAILDISK");
  if (!file) return;
  int fd = real_open(file, O_RDONLY);
  void *map = mmap(0, 8, PROT_READ, MAP_SHARED, fd, 0);
  real_close(fd);
  if (map == MAP_FAILED) return;
  snprintf(folder, sizeof folder, "%.*s/", (int)(strlen(file) - strlen(".faildisk")), file);
  fails = map;
}

static int kind(int fd) {
  if (!fails || fd < 0 || fd >= FDS) return OTHER;
  if (kind_of[fd] == UNKNOWN) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    kind_of[fd] = OTHER;
    if (n > 0) {
      path[n] = 0;
      if (strstr(path, "/parley.db")) kind_of[fd] = DATABASE;
      if (strstr(path, "/media/")) kind_of[fd] = UPLOAD;
    }
  }
  return kind_of[fd];
}

static int failing(int fd, int syncs) {
  int k = kind(fd);
  int code = k == DATABASE ? fails[syncs] : k == UPLOAD && !syncs ? fails[3] : 0;
  if (code) errno = code;
  return code;
}

static int shut(const char *path) {
  int code = fails && strncmp(path, folder, strlen(folder)) == 0 ? fails[2] : 0;
  if (code) errno = code;
  return code;
}

ssize_t pwrite64(int fd, const void *buf, size_t n, off_t at) {
  init();
  return failing(fd, 0) ? -1 : real_pwrite(fd, buf, n, at);
}

ssize_t pwrite(int fd, const void *buf, size_t n, off_t at) { return pwrite64(fd, buf, n, at); }

ssize_t write(int fd, const void *buf, size_t n) {
  init();
  return failing(fd, 0) ? -1 : real_write(fd, buf, n);
}

int ftruncate64(int fd, off_t size) {
  init();
  return failing(fd, 0) ? -1 : real_ftruncate(fd, size);
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int fsync(int fd) {
  init();
  return failing(fd, 1) ? -1 : real_fsync(fd);
}

int fdatasync(int fd) {
  init();
  return failing(fd, 1) ? -1 : real_fdatasync(fd);
}

static int mode(int flags, va_list list) { return flags & (O_CREAT | __O_TMPFILE) ? va_arg(list, int) : 0; }

// Declares `m`, the argument behind `flags` where these say that there is one.
#define MODE(m, flags) \
  va_list list; \
  va_start(list, flags); \
  int m = mode(flags, list); \
  va_end(list)

int open64(const char *path, int flags, ...) {
  init();
  MODE(m, flags);
  return shut(path) ? -1 : real_open(path, flags, m);
}

int open(const char *path, int flags, ...) {
  init();
  MODE(m, flags);
  return shut(path) ? -1 : real_open(path, flags, m);
}

int openat64(int dir, const char *path, int flags, ...) {
  init();
  MODE(m, flags);
  return shut(path) ? -1 : real_openat(dir, path, flags, m);
}

int openat(int dir, const char *path, int flags, ...) {
  init();
  MODE(m, flags);
  return shut(path) ? -1 : real_openat(dir, path, flags, m);
}

int close(int fd) {
  init();
  if (fd >= 0 && fd < FDS) kind_of[fd] = UNKNOWN;
  return real_close(fd);
}
