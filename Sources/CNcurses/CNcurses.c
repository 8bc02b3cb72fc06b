#define _GNU_SOURCE
#ifdef __APPLE__
#define _DARWIN_C_SOURCE
#endif
#include "CNcurses.h"
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>
#ifdef __APPLE__
#include <xlocale.h>
#endif

static const int watched[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGCONT, SIGTSTP};
static const int traps[] = {SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV};
#define count(array) (sizeof(array) / sizeof *(array))

static struct termios shell;                /* the modes that the terminal had before */
static struct sigaction before[NSIG];       /* the handlers that were there before */
static sigset_t mask, everything;           /* the signals held back before; all watched ones */
static volatile sig_atomic_t happened, taken;
static volatile int error = -1, heard = -1; /* standard error, and what stands in for it */
static SCREEN *terminal;

static const char paste_on[] = "\033[?2004h", paste_off[] = "\033[?2004l";
static const char mouse_on[] = "\033[?1000h\033[?1006h", mouse_off[] = "\033[?1006l\033[?1000l";
static int takes_mouse;
static char leave[256]; /* gives the screen back; ready made because a signal handler sends it */
static size_t leave_length;

static void send_all(int descriptor, const char *bytes, size_t length) { /* async-signal-safe */
  while (length > 0) {
    ssize_t sent = write(descriptor, bytes, length);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return;
    bytes += sent;
    length -= (size_t)sent;
  }
}

static void note(int number) {
  switch (number) {
  case SIGWINCH: happened |= tty_resized; break;
  case SIGCONT: happened |= tty_continued; break;
  case SIGTSTP: happened |= tty_stop_asked; break;
  case SIGHUP: happened |= tty_hung_up; break;
  case SIGINT: happened |= tty_interrupted; break;
  case SIGQUIT: happened |= tty_quit; break;
  default: happened |= tty_terminated;
  }
}

static void listen_to_errors(void) {
  if (!isatty(2)) return; /* what goes to a file does not disturb the screen */
#ifdef __linux__
  heard = memfd_create("standard error", MFD_CLOEXEC);
#else
  char name[] = "/tmp/standard-error-XXXXXX";
  heard = mkstemp(name);
  if (heard >= 0) {
    unlink(name);
    fcntl(heard, F_SETFD, FD_CLOEXEC);
  }
#endif
  if (heard < 0) return;
  error = fcntl(2, F_DUPFD_CLOEXEC, 3);
  if (error < 0 || dup2(heard, 2) < 0) {
    close(heard);
    if (error >= 0) close(error);
    error = heard = -1;
  }
}

static void speak(void) { /* async-signal-safe */
  if (error < 0) return;
  char text[4096];
  ssize_t length;
  lseek(heard, 0, SEEK_SET);
  while ((length = read(heard, text, sizeof text)) > 0) send_all(error, text, (size_t)length);
  dup2(error, 2);
  close(error);
  close(heard);
  error = heard = -1;
}

/* The terminal goes back to the shell's state, what was said of the crash is shown, and the handler
   that was there before (Swift's own, or the system's) gets the same signal again. */
static void trap(int number, siginfo_t *information, void *context) {
  (void)context;
  int saved = errno;
  if (taken) {
    taken = 0;
    send_all(1, leave, leave_length);
    tcsetattr(0, TCSANOW, &shell);
    speak();
  }
  sigaction(number, &before[number], NULL);
  /* A fault happens again on return; what someone sent has to be sent again. */
  if (information->si_code <= 0 || number == SIGABRT) raise(number);
  errno = saved;
}

static void append_leave(const char *string) {
  if (string == NULL || string == (char *)-1) return;
  while (*string) {
    const char *end = string[0] == '$' && string[1] == '<' ? strchr(string, '>') : NULL;
    if (end) { /* padding is for terminals that need a pause, not for sending */
      string = end + 1;
      continue;
    }
    if (leave_length == sizeof leave) return;
    leave[leave_length++] = *string++;
  }
}

int tty_is_ansi(void) {
  const char *move = tty_string("cup");
  return move && move[0] == '\033' && move[1] == '[';
}

static void prepare_leave(void) {
  leave_length = 0;
  if (tty_is_ansi()) append_leave(paste_off);
  if (takes_mouse) append_leave(mouse_off);
  append_leave(tty_string("sgr0"));
  append_leave(tty_string("rmcup"));
  append_leave(tty_string("rmkx"));
  append_leave(tty_string("cnorm")); /* last: some terminals keep the cursor with the screen */
}

/* Takes a beginning away from one of the terminal's strings. */
static void cut(const char *capability, const char *prefix) {
  char *string = (char *)tty_string(capability);
  size_t length = strlen(prefix);
  if (string && !strncmp(string, prefix, length))
    memmove(string, string + length, strlen(string + length) + 1);
}

/* Many descriptions choose the ordinary character set again with every change of attributes. Lines
   are drawn as text here, so no other set is ever chosen, and the bytes can be saved: curses keeps
   its copy of the description in memory of its own, and this is the only way to it. */
static void shorten_attributes(void) {
  cut("sgr0", "\033(B");
  cut("sgr", "%?%p9%t\033(0%e\033(B%;");
  /* A number that is not there is 0. */
  char *attributes = (char *)tty_string("sgr");
  if (attributes && !strncmp(attributes, "\033[0%", 4))
    memmove(attributes + 2, attributes + 3, strlen(attributes + 3) + 1);
  /* No colour of the palette is ever changed, and those that the user has changed are to stay. */
  const char *original_colors = tty_string("oc");
  if (original_colors) cut("oc", original_colors);
}

static void take_signals(void) {
  static char stack[64 * 1024];
  stack_t there = {0}, own = {.ss_sp = stack, .ss_size = sizeof stack};
  /* A stack that has overflowed leaves a handler none to stand on. */
  if (sigaltstack(NULL, &there) == 0 && there.ss_flags & SS_DISABLE) sigaltstack(&own, NULL);

  struct sigaction action = {.sa_handler = note};
  sigemptyset(&everything);
  for (unsigned k = 0; k < count(watched); k++) sigaddset(&everything, watched[k]);
  action.sa_mask = everything;
  for (unsigned k = 0; k < count(watched); k++)
    sigaction(watched[k], &action, &before[watched[k]]);
  pthread_sigmask(SIG_BLOCK, &everything, &mask);

  action = (struct sigaction){.sa_sigaction = trap, .sa_flags = SA_ONSTACK | SA_SIGINFO};
  sigemptyset(&action.sa_mask);
  for (unsigned k = 0; k < count(traps); k++) sigaction(traps[k], &action, &before[traps[k]]);
}

static void give_signals(void) {
  for (unsigned k = 0; k < count(traps); k++) sigaction(traps[k], &before[traps[k]], NULL);
  tty_happened(); /* what is still held back was meant for us, and would end the program now */
  for (unsigned k = 0; k < count(watched); k++) sigaction(watched[k], &before[watched[k]], NULL);
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
}

static void enter(void) {
  keypad(stdscr, TRUE);
  if (tty_is_ansi()) tty_say(paste_on, sizeof paste_on - 1);
  if (takes_mouse) tty_say(mouse_on, sizeof mouse_on - 1);
}

static void leave_modes(void) {
  if (tty_is_ansi()) tty_say(paste_off, sizeof paste_off - 1);
  if (takes_mouse) tty_say(mouse_off, sizeof mouse_off - 1);
}

int tty_open(int mouse) {
  static int registered;
  if (taken) return tty_opened;
  if (!isatty(0) || !isatty(1) || tcgetattr(0, &shell)) return tty_not_a_terminal;
  tty_set_locale();
  take_signals(); /* before newterm, which takes only those signals that nobody has */
  happened = 0;
  terminal = newterm(NULL, stdout, stdin);
  if (!terminal) {
    give_signals();
    return tty_unknown_type;
  }
  if (!tty_string("cup")) {
    endwin();
    delscreen(terminal);
    terminal = NULL;
    tcsetattr(0, TCSADRAIN, &shell);
    give_signals();
    return tty_no_addressing;
  }
  takes_mouse = mouse && tty_is_ansi();
  prepare_leave();
  shorten_attributes();
  raw(); /* keys that would stop, quit or hold output are the program's to answer */
  noecho();
  nonl();
  typeahead(-1);
  leaveok(stdscr, TRUE);
  curs_set(0); /* now, so that it is sent with the first frame and not by itself */
  /* Until its first endwin(), curses flushes after every cursor movement. */
  endwin();
  listen_to_errors();
  taken = 1;
  if (!registered) {
    registered = 1;
    atexit(tty_close);
  }
  reset_prog_mode();
  enter();
  tty_fit();
  return tty_opened;
}

void tty_close(void) {
  if (!taken) return;
  taken = 0;
  leave_modes();
  endwin();
  tcsetattr(0, TCSADRAIN, &shell);
  speak();
  give_signals();
  delscreen(terminal);
  terminal = NULL;
}

void tty_suspend(void) {
  if (!taken) return;
  taken = 0; /* a crash while the shell has the terminal must not touch it */
  leave_modes();
  endwin();
  tcsetattr(0, TCSADRAIN, &shell);
  kill(0, SIGSTOP);
  taken = 1;
  tty_resume();
}

void tty_resume(void) {
  if (!taken) return;
  if (!isendwin()) endwin(); /* so that curses takes for granted nothing that it set before */
  reset_prog_mode();
  enter();
  tty_fit();
  tty_repaint();
}

int tty_wait(int milliseconds, int other) {
  sigset_t open = mask;
  for (unsigned k = 0; k < count(watched); k++) sigdelset(&open, watched[k]);
  struct timespec limit = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
  fd_set input;
  FD_ZERO(&input);
  FD_SET(0, &input);
  if (other > 0) FD_SET(other, &input);
  int ready = pselect(
      other > 0 ? other + 1 : 1, &input, NULL, NULL, milliseconds < 0 ? NULL : &limit, &open);
  return ready > 0 && !FD_ISSET(0, &input) ? 2 : ready;
}

long tty_read(unsigned char *bytes, long limit) {
  ssize_t length;
  do length = read(0, bytes, (size_t)limit);
  while (length < 0 && errno == EINTR);
  return length < 0 ? 0 : length;
}

int tty_happened(void) {
  sigset_t pending, one;
  sigpending(&pending); /* input that is ready keeps held back signals waiting */
  for (unsigned k = 0; k < count(watched); k++)
    if (sigismember(&pending, watched[k]) == 1) {
      int number;
      sigemptyset(&one);
      sigaddset(&one, watched[k]);
      if (sigwait(&one, &number) == 0) note(number);
    }
  int now = happened;
  happened = 0;
  return now;
}

int tty_fit(void) {
  struct winsize size;
  if (ioctl(1, TIOCGWINSZ, &size) || size.ws_row == 0 || size.ws_col == 0) return 0;
  if (size.ws_row == LINES && size.ws_col == COLS) return 0;
  return resize_term(size.ws_row, size.ws_col) == OK;
}

WINDOW *tty_window(void) { return stdscr; }
int tty_rows(void) { return LINES; }
int tty_columns(void) { return COLS; }

static int default_colors;

int tty_start_color(void) {
  if (!has_colors() || start_color() == ERR) return 0;
  default_colors = use_default_colors() == OK;
  return COLORS;
}

void tty_set_pair(int pair, int foreground, int background) {
#if NCURSES_EXT_COLORS
  init_extended_pair(pair, foreground, background); /* a direct colour takes 24 bits */
#else
  init_pair((short)pair, (short)foreground, (short)background);
#endif
}

int tty_has_default_colors(void) { return default_colors; }
void tty_repaint(void) { clearok(curscr, TRUE); }
attr_t tty_pair(int pair) { return (attr_t)COLOR_PAIR(pair); }
void tty_say(const char *bytes, long length) { send_all(1, bytes, (size_t)length); }

const char *tty_string(const char *capability) {
  const char *string = tigetstr((char *)capability);
  return string == (char *)-1 ? NULL : string;
}

static const char *named_locale(void) {
  static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
  for (unsigned k = 0; k < count(names); k++) {
    const char *value = getenv(names[k]);
    if (value && *value) return value;
  }
  return NULL;
}

int tty_speaks_utf8(void) {
  const char *name = named_locale();
  if (!name) return 1;
  if (strcasestr(name, "UTF-8") || strcasestr(name, "UTF8")) return 1;
  if (strchr(name, '.') || !strcmp(name, "C") || !strcmp(name, "POSIX")) return 0;
  locale_t known = newlocale(LC_CTYPE_MASK, name, (locale_t)0);
  if (!known) return 1; /* not installed, and it names no character set */
  int utf8 = !strcasecmp(nl_langinfo_l(CODESET, known), "UTF-8");
  freelocale(known);
  return utf8;
}

void tty_set_locale(void) {
  /* Not LC_ALL: how C reads numbers stays as it is. */
  setlocale(LC_CTYPE, "");
  if (MB_CUR_MAX == 1 && !setlocale(LC_CTYPE, "C.UTF-8")) setlocale(LC_CTYPE, "en_US.UTF-8");
}

int tty_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }
