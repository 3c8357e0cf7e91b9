// Package feed reads publishers: RSS, Atom, RDF and JSON feeds, and HTML list
// pages with their articles. A [Source] implements the core's port of that name.
//
// The steps are small and, but for the first, pure:
//
//	fetch     one polite, bounded request           client.go, robots.go
//	decode    any charset to UTF-8                  charset.go
//	guard     refuse what would hurt a parser       guard.go
//	parse     feed or page to entries               syndication.go, page.go, article.go
//	identify  whose article is it, which number     identity.go
//	clean     plain text, dates, language           text.go, date.go, language.go
//
// What comes from a publisher may be hostile, huge, slow or broken: every request
// is bounded in bytes, time and redirects, every document in depth and number of
// parts, and no address inside the operator's network is ever dialled unless the
// configuration names it.
package feed
