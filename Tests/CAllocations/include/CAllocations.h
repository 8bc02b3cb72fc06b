#ifndef CALLOCATIONS_H
#define CALLOCATIONS_H

/* How often this thread has asked for memory so far; 0 for ever where that is not counted. */
unsigned long allocations(void);
/* Whether it is counted: on Linux, and not under a sanitizer, which has an allocator of its own. */
int counts_allocations(void);

#endif
