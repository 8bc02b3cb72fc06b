#ifndef CNCURSES_H
#define CNCURSES_H
/* ncursesw as Swift can call it (macros and globals become functions and constants), and the part
   of a terminal's life that has to be safe inside a signal handler. One terminal a process. */

#define NCURSES_WIDECHAR 1 /* Swift drops the compiler flags of pkg-config that would say so */
#define _XOPEN_SOURCE_EXTENDED 1
#include <curses.h>
#include <stdint.h>

static const attr_t tty_plain = A_NORMAL, tty_bold = A_BOLD, tty_dim = A_DIM,
                    tty_underline = A_UNDERLINE, tty_reverse = A_REVERSE,
#ifdef A_ITALIC
                    tty_italic = A_ITALIC;
#else
                    tty_italic = A_NORMAL;
#endif

/* What tty_open answers. */
enum { tty_opened = 0, tty_not_a_terminal, tty_unknown_type, tty_no_addressing };

/* What tty_happened answers, as bits. */
enum {
  tty_resized = 1,
  tty_continued = 2,
  tty_stop_asked = 4,
  tty_hung_up = 8,
  tty_interrupted = 16,
  tty_quit = 32,
  tty_terminated = 64
};

/* Takes the terminal. Signals are held back from here on except while tty_wait waits, so the caller
   has to take the terminal before it starts a thread. With the mouse, the terminal sends presses of
   its buttons and no longer selects text with them. */
int tty_open(int mouse);
/* Gives the terminal back and writes out what came on standard error meanwhile. */
void tty_close(void);
/* Gives the terminal back, stops the process group as the shell's Ctrl-Z does, and takes the
   terminal again when the shell continues it. */
void tty_suspend(void);
/* Puts the terminal's modes back after someone else may have changed them. */
void tty_resume(void);

/* Waits for input (1), for the time to run out (0; negative milliseconds: for ever), for something to
   read from another descriptor (2; none where it is 0), or for a signal (-1). */
int tty_wait(int milliseconds, int other);
/* Reads what is there: its length, or 0 when the terminal has gone. */
long tty_read(unsigned char *bytes, long limit);
/* Everything the signals have said since the last call. */
int tty_happened(void);
/* Asks the terminal for its size and tells curses: 1 when it is another one. */
int tty_fit(void);

WINDOW *tty_window(void);
int tty_rows(void);
int tty_columns(void);

/* Makes colours available: how many there are, 0 for none. Never called where no colour is wanted,
   because it makes curses send colour sequences. */
int tty_start_color(void);
/* Whether -1 stands for the terminal's own colours. */
int tty_has_default_colors(void);
/* Says which colours a pair has, -1 being the terminal's own. */
void tty_set_pair(int pair, int foreground, int background);
/* Whether the terminal understands sequences of ECMA-48. */
int tty_is_ansi(void);
/* Paints everything afresh with the next refresh. */
void tty_repaint(void);
/* The attribute bits that name a colour pair. */
attr_t tty_pair(int pair);

/* Sends bytes past curses. */
void tty_say(const char *bytes, long count);

/* The bytes of a terminfo string, or NULL. */
const char *tty_string(const char *capability);
/* Whether the user's locale is UTF-8, or does not say. */
int tty_speaks_utf8(void);
/* How many columns the C library, and so curses, gives a character: -1 for none of them. */
int tty_width(uint32_t scalar);
/* Makes character functions speak UTF-8, leaving how numbers are read alone. */
void tty_set_locale(void);

#endif
