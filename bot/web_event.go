package bot

// WebEvent is one thing that happened on a person's web page: a message, an edit, a note. Seq grows with every
// event of a person and is never used twice; Body is the page's own JSON, kept sealed by the store.
type WebEvent struct {
	Seq  int64
	Body []byte
}
