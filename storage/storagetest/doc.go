// Package storagetest holds the suite that every engine, every session store and the jobs on each engine must pass, and
// starts the servers that it needs: PostgreSQL and Redis, on free ports of the loopback, with nothing left behind.
package storagetest
