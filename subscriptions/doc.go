// Package subscriptions holds what sjotbot remembers: who follows what, which
// stories were published, and which of them are still owed to whom.
//
// It declares the words (Subscriber, Subscription, Article, Story, Delivery)
// and the port Store that keeps them. It imports nothing of ours: a store never
// sees a chat platform or a football rule. Addresses and topics are opaque here;
// they are minted by the adapters and by the catalogue.
//
// Package sqlite keeps all of it in one file; package storetest is the proof
// that any Store must pass.
//
// Time is always an argument. No method asks the clock, neither in Go nor in SQL.
package subscriptions
