package jobs

import (
	"context"
	"log/slog"
)

// quiet passes River's own warnings on without the attributes that repeat a job's arguments or errors, which our own
// lines tell.
type quiet struct{ to slog.Handler }

// Enabled lets warnings and errors through.
func (q quiet) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && q.to.Enabled(ctx, level)
}

// Handle passes a line on.
func (q quiet) Handle(ctx context.Context, record slog.Record) error {
	short := slog.NewRecord(record.Time, record.Level, "jobs: "+record.Message, record.PC)
	record.Attrs(func(attr slog.Attr) bool {
		short.AddAttrs(spare([]slog.Attr{attr})...)
		return true
	})
	return q.to.Handle(ctx, short)
}

// WithAttrs keeps attributes for all lines.
func (q quiet) WithAttrs(attrs []slog.Attr) slog.Handler { return quiet{q.to.WithAttrs(spare(attrs))} }

// WithGroup opens a group.
func (q quiet) WithGroup(name string) slog.Handler { return quiet{q.to.WithGroup(name)} }

// spare leaves out what may repeat a job's arguments.
func spare(attrs []slog.Attr) (kept []slog.Attr) {
	for _, attr := range attrs {
		switch attr.Key {
		case "args", "encoded_args", "job", "panic_val":
		default:
			kept = append(kept, attr)
		}
	}
	return kept
}
