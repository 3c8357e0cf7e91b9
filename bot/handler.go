package bot

import (
	"context"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// Handler is what an adapter calls with what a person did. [Commands]
// implements it. It never fails and never panics: an error becomes a localised
// reply for the person and a log line for the operator.
type Handler interface {
	// Handle carries out a command and returns the answer. A command whose Mark
	// was handled before returns a Reply with Repeated set, and must not be answered.
	Handle(ctx context.Context, c Command) Reply
	// Complete proposes values for an argument that is being typed, best first.
	Complete(ctx context.Context, c Completion) []Choice
	// Notice tells of something that happened to a place.
	Notice(ctx context.Context, n Notice) error
}

// Command is what a person asked, the same whether it came from a slash command,
// a typed line or a pressed button.
type Command struct {
	// Mark makes its effects happen once.
	Mark subscriptions.Mark
	// Place is where it was given: whose subscriptions it is about.
	Place Place
	// Name is the base name, "follow"; Args the rest as typed. When Name is empty,
	// Args is a whole line ("/volg genk", "genk"), and the core finds the command.
	Name string
	Args string
	// Options are named arguments, where the platform has them, by the base names
	// of the table.
	Options map[string]string
	// Language is the person's language by the platform, "nl-BE"; may be empty.
	Language string
	// Pressed is true for a button: the reply should replace the message it is
	// under, unless it says Beside. Args then holds the button's command as it is.
	Pressed bool
	// Overheard is true for a line in a shared place that may be meant for somebody
	// else: a command that names no bot, a reply to one of the bot's messages. When the
	// core can make nothing of it, the Reply is empty, and nothing is to be sent.
	Overheard bool
	// MayManage reports whether the person may change this place's
	// subscriptions. It is asked only when a command needs it, may call the
	// platform, and is nil where everyone may (a private chat).
	MayManage func(ctx context.Context) (bool, error)
}

// Place is where a command was given.
type Place struct {
	Address subscriptions.Address
	// Shared is true for a place with more than one reader.
	Shared bool
	// Missing are rights the bot lacks to post here, as locale keys
	// ("right.send-messages"), when the platform told.
	Missing []string
}

// Reply is the answer to a command.
type Reply struct {
	Message Message
	// Private asks that only the person who asked sees it, where the platform can.
	Private bool
	// Toast is a short line for a pressed button; may be all there is.
	Toast string
	// Beside asks that the message whose button was pressed stays as it is, and
	// that the answer comes beside it: the button was under a story.
	Beside bool
	// File, if set, is sent along: an export.
	File *File
	// Repeated: the command was answered before; send nothing.
	Repeated bool
}

// File is a document in a reply.
type File struct {
	Name string
	Data []byte
}

// Completion is a half-typed argument.
type Completion struct {
	Place    Place
	Command  string // base name
	Option   string // the option's base name
	Typed    string
	Language string
}

// Choice is one proposal: Value is what the command gets, Label what is shown.
type Choice struct{ Label, Value string }

// NoticeKind is what happened to a place.
type NoticeKind string

// The kinds of notice.
const (
	// NoticeRemoved: the bot was blocked, kicked, or its place deleted; Reason says which.
	NoticeRemoved NoticeKind = "removed"
	// NoticeBack: the bot was unblocked or added, or may write again; stories may flow
	// again, and what waits is tried at once.
	NoticeBack NoticeKind = "back"
	// NoticeMoved: the place has a new address, to which the bot came along; stories may
	// flow again.
	NoticeMoved NoticeKind = "moved"
	// NoticeNothing: only the mark is to be recorded.
	NoticeNothing NoticeKind = "nothing"
)

// Notice tells of something that happened to a place, or of nothing but a mark.
type Notice struct {
	Mark    subscriptions.Mark
	Kind    NoticeKind
	Address subscriptions.Address
	Reason  subscriptions.RestReason // with NoticeRemoved
	Moved   subscriptions.Address    // with NoticeMoved
}
