// Simulates what a power cut does to files: what was written but not synced is gone.
//
// Preloaded into a server, it notes before every write to a database file what stood there, in <file>.undo, and
// empties the note when the file is synced. After the server is killed, playing the notes back (newest first) leaves
// the files as a disk would have them that lost every unsynced write: the worst case that a sync protects from.
//
// Of uploads it notes in the file that POWERCUT_NAMES names, one line each, what happened to which path:
//   w <path>            was written to       s <path>    was synced
//   r <old> <new>       was renamed          m <path>    a folder was made
//   d <path>            a folder was synced, and so are the names in it
// A file that was written to and not synced has lost its content; a name whose folder was not synced is not there.
//
// With POWERCUT_IGNORE_SYNC set, syncs are passed on but not believed: the same as a server that never syncs.
//
// A note: int64 offset, int64 length, int64 size of the file before, then `length` old bytes (fewer at the end of the
// file are noted as what there was). Native byte order.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include "real.h"

#define FDS 65536

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int undo_of[FDS];  // 0 not looked at yet, -1 not ours, else the undo file's descriptor + 1

static int (*real_rename)(const char *, const char *);
static int (*real_mkdir)(const char *, mode_t);

static int names = -1;
static unsigned char upload_of[FDS];  // 0 not looked at yet, 1 no upload, 2 synced, 3 written to

static void init(void) {
  if (real_close) return;
  real_rename = dlsym(RTLD_NEXT, "rename");
  real_mkdir = dlsym(RTLD_NEXT, "mkdir");
  const char *log = getenv("POWERCUT_NAMES");
  if (log) names = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
  find_real();
}

static void say(char what, const char *one, const char *two) {
  char line[2 * PATH_MAX + 8];
  int n = snprintf(line, sizeof line, two ? "%c %s %s\n" : "%c %s\n", what, one, two);
  ssize_t put = real_write(names, line, n);
  (void)put;
}

// The path of `fd` if it is an upload or any folder, else null.
static const char *upload(int fd, char *path) {
  if (names < 0 || fd < 0 || fd >= FDS || upload_of[fd] == 1) return 0;
  char link[64];
  struct stat st;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, PATH_MAX - 1);
  path[n > 0 ? n : 0] = 0;
  int ours = strstr(path, "/media/") || (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode));
  if (!ours) upload_of[fd] = 1;
  return ours ? path : 0;
}

static void written(int fd) {
  char path[PATH_MAX];
  if (fd >= 0 && fd < FDS && upload_of[fd] != 3 && upload(fd, path)) {
    say('w', path, 0);
    upload_of[fd] = 3;
  }
}

static void synced(int fd) {
  char path[PATH_MAX];
  if (getenv("POWERCUT_IGNORE_SYNC") || !upload(fd, path)) return;
  struct stat st;
  say(fstat(fd, &st) == 0 && S_ISDIR(st.st_mode) ? 'd' : 's', path, 0);
  upload_of[fd] = 2;
}

static int ends_with(const char *text, const char *end) {
  size_t n = strlen(text), m = strlen(end);
  return n >= m && strcmp(text + n - m, end) == 0;
}

// The undo file of `fd`, or -1 where it is not a database file.
static int undo(int fd) {
  if (fd < 0 || fd >= FDS) return -1;
  if (undo_of[fd] == 0) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 6);
    undo_of[fd] = -1;
    if (n > 0) {
      path[n] = 0;
      if (ends_with(path, ".db") || ends_with(path, ".db-wal")) {
        strcat(path, ".undo");
        int u = open(path, O_RDWR | O_CREAT | O_APPEND, 0600);
        if (u >= 0) undo_of[fd] = u + 1;
      }
    }
  }
  return undo_of[fd] <= 0 ? -1 : undo_of[fd] - 1;
}

static void note(int fd, off_t offset, size_t length) {
  int u = undo(fd);
  if (u < 0) return;
  struct stat st;
  fstat(fd, &st);
  char *buf = calloc(1, 24 + length);
  int64_t head[3] = {offset, (int64_t)length, st.st_size};
  memcpy(buf, head, 24);
  if (offset < st.st_size) {
    ssize_t got = pread(fd, buf + 24, length, offset);
    (void)got;
  }
  ssize_t put = real_write(u, buf, 24 + length);
  (void)put;
  free(buf);
}

static void forget(int fd) {
  int u = undo(fd);
  if (u >= 0 && !getenv("POWERCUT_IGNORE_SYNC")) real_ftruncate(u, 0);
}

ssize_t pwrite64(int fd, const void *buf, size_t n, off_t offset) {
  init();
  pthread_mutex_lock(&lock);
  note(fd, offset, n);
  written(fd);
  ssize_t done = real_pwrite(fd, buf, n, offset);
  pthread_mutex_unlock(&lock);
  return done;
}

ssize_t write(int fd, const void *buf, size_t n) {
  init();
  if (names >= 0) {
    pthread_mutex_lock(&lock);
    written(fd);
    pthread_mutex_unlock(&lock);
  }
  return real_write(fd, buf, n);
}

// Noted before it is done: a kill in between leaves a note of something that is not there, which does no harm.
int rename(const char *from, const char *to) {
  init();
  pthread_mutex_lock(&lock);
  if (names >= 0 && strstr(to, "/media/")) say('r', from, to);
  int done = real_rename(from, to);
  pthread_mutex_unlock(&lock);
  return done;
}

int mkdir(const char *path, mode_t mode) {
  init();
  pthread_mutex_lock(&lock);
  int done = real_mkdir(path, mode);
  if (done == 0 && names >= 0 && strstr(path, "/media")) say('m', path, 0);
  pthread_mutex_unlock(&lock);
  return done;
}

ssize_t pwrite(int fd, const void *buf, size_t n, off_t offset) { return pwrite64(fd, buf, n, offset); }

int ftruncate64(int fd, off_t size) {
  init();
  pthread_mutex_lock(&lock);
  struct stat st;
  if (undo(fd) >= 0 && fstat(fd, &st) == 0 && size < st.st_size) note(fd, size, st.st_size - size);
  int done = real_ftruncate(fd, size);
  pthread_mutex_unlock(&lock);
  return done;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static int sync_with(int (*real)(int), int fd) {
  pthread_mutex_lock(&lock);
  int done = real(fd);
  if (done == 0) {
    forget(fd);
    synced(fd);
  }
  pthread_mutex_unlock(&lock);
  return done;
}

int fsync(int fd) {
  init();
  return sync_with(real_fsync, fd);
}

int fdatasync(int fd) {
  init();
  return sync_with(real_fdatasync, fd);
}

int close(int fd) {
  init();
  if (fd >= 0 && fd < FDS) {
    pthread_mutex_lock(&lock);
    if (undo_of[fd] > 0) real_close(undo_of[fd] - 1);
    undo_of[fd] = 0;
    upload_of[fd] = 0;
    pthread_mutex_unlock(&lock);
  }
  return real_close(fd);
}
