#ifndef CDISK_H
#define CDISK_H

/* A file that is forced to the disk by the system while the program goes on. */

/* A queue for one file at a time; 0 where the system has none, or refuses one. */
unsigned long disk_queue(void);

/* Begins to force what was written to a file to the disk. 0, or an error number: EAGAIN where the last
   time has not come to its end, else what went wrong then or goes wrong now. */
int disk_flush(unsigned long queue, int file);

/* Waits for what was begun, and gives the queue back. */
void disk_close(unsigned long queue);

#endif
