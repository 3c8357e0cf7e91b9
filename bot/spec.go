package bot

// Spec is one record of the table of commands. Help, Discord's registration,
// Telegram's menus, completion and the README's table all come from it. Get the
// table with [Specs].
type Spec struct {
	// Name is the base name, English, [a-z]+.
	Name string
	// Names and Descriptions by language ("nl", "fr", "de", "en"). A name fits
	// both platforms: [a-z0-9_]{1,32}; a description is at most 100 characters.
	Names        map[string]string
	Descriptions map[string]string
	Options      []Option
	// Manage: in a shared place only those who may manage it may use it.
	Manage bool
	// Personal: the answer is for the person who asks, in his own language also in a
	// place where another is spoken.
	Personal bool
	// Menu: it belongs in the short menu of the platform.
	Menu bool
}

// Option is one argument of a command.
type Option struct {
	// Name is the base name; Names and Descriptions are localised.
	Name         string
	Names        map[string]string
	Descriptions map[string]string
	Required     bool
	// Complete: values are proposed as one types.
	Complete bool
	// Choices are the only values, if any: value to label by language.
	Choices []OptionChoice
}

// OptionChoice is one fixed value of an option.
type OptionChoice struct {
	Value  string
	Labels map[string]string
}
