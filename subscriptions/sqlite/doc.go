// Package sqlite keeps everything that sjotbot remembers in one SQLite file.
//
// # One writer
//
// Every write goes through one gate, first come first served, and is one
// BEGIN IMMEDIATE transaction in WAL mode. No write touches more than a bounded
// number of rows, so nobody waits long. Readers have their own connections and
// never wait.
//
// With synchronous FULL, what a method has answered for is on the disk. Two do not
// wait for the disk: a killed process loses nothing of theirs, but a power failure may
// undo the last of them. Route then does its range again. What Claim had handed out is
// claimed again, under a new ID, for IDs are taken from the file in advance; it was in
// flight, and what is in flight when the power fails may be sent twice in any case.
//
// # Owed once
//
// A delivery's key is (story, lane, subscriber): being owed a story twice is
// impossible in the database. Routing is one INSERT … SELECT for each range of
// followers; the key begins with the story, so a fan-out appends to the table and
// costs the same with ten million old rows as with none.
//
// # In line
//
// A new alert has no index entry. A fan-out hands out its deliveries in the order of
// their key and notes the last subscriber it passed, for each platform; claiming a
// hundred moves that one number. Only what leaves the line by itself gets into the
// indexes: deliveries put back, deferred, behind a closed queue, and those held for a
// digest. A parcel carries its stories, so that settling it looks up nothing.
//
// With every new delivery in an index of what is due and in one of what each
// subscriber is owed, a fan-out ran at a quarter of the speed of one bare
// INSERT … SELECT of the same rows; in line it runs at six to nine tenths of it, from
// ten thousand followers to a million and with ten million ended deliveries as with
// none. (Two shared cores; BenchmarkFanOut.) The price: what else a subscriber is owed
// has to be looked for in each line that has not passed him, one probe of the key for
// each story that is being sent. With three hundred of them at once, and everybody
// following a few of as many topics, a delivery still cost no more than with one,
// because a parcel then holds several.
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
