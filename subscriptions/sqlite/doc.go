// Package sqlite keeps everything that sjotbot remembers in one SQLite file.
//
// # One writer
//
// Every write goes through one gate, first come first served, and is one
// BEGIN IMMEDIATE transaction in WAL mode with synchronous FULL: what a method
// has answered for is on the disk. No write touches more than a bounded number of
// rows, so nobody waits long. Readers have their own connections and never wait.
//
// # Owed once
//
// A delivery's key is (story, lane, subscriber): being owed a story twice is
// impossible in the database. Routing is one INSERT … SELECT for each range of
// followers; the key begins with the story, so a fan-out appends to the table and
// costs the same with ten million old rows as with none.
//
// # Order and fairness
//
// A subscriber has at most one parcel out, and its stories are in the order in
// which they became known. Between stories a claim goes round by turns, so a story
// with a million followers does not keep one with ten waiting; within a story the
// longest due goes first.
//
// # Time
//
// Instants come from the caller and are kept to the millisecond, in UTC.
package sqlite
