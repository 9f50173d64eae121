// Simulates what a power cut does to files: what was written but not synced is gone.
//
// Preloaded into a server, it notes before every write to a database file what stood there, in <file>.undo, and
// empties the note when the file is synced. After the server is killed, playing the notes back (newest first) leaves
// the files as a disk would have them that lost every unsynced write: the worst case that a sync protects from.
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

#define FDS 65536

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int undo_of[FDS];  // 0 not looked at yet, -1 not ours, else the undo file's descriptor + 1

static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_close)(int);

static void init(void) {
  if (real_close) return;
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_write = dlsym(RTLD_NEXT, "write");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_close = dlsym(RTLD_NEXT, "close");
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
  ssize_t done = real_pwrite(fd, buf, n, offset);
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
  if (done == 0) forget(fd);
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
    pthread_mutex_unlock(&lock);
  }
  return real_close(fd);
}
