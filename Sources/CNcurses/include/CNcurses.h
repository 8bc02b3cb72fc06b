#define LOBULE 1
