package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	library "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"lamsach/bot"
)

// file sends a message with a file: a picture that is to be seen in the chat as such, anything else as a document.
func (p *Platform) file(ctx context.Context, l letter, m part) (string, error) {
	if m.file.Size > maxFileOut {
		return "", &apiError{Method: "sendDocument", Code: http.StatusRequestEntityTooLarge, Description: "file is too big"}
	}
	select {
	case p.uploads <- struct{}{}:
		defer func() { <-p.uploads }()
	case <-ctx.Done():
		return "", &wireError{Method: "sendDocument", Err: ctx.Err()}
	}
	ctx, cancel := context.WithTimeout(ctx, uploadTime(m.file.Size))
	defer cancel()
	if picture(m.file) {
		id, err := p.upload(ctx, l, m, p.photo)
		if !is(err, badPhoto) {
			return id, err
		}
	}
	return p.upload(ctx, l, m, p.document)
}

func picture(a *bot.Attachment) bool {
	return a.Picture && (a.MIME == "image/png" || a.MIME == "image/jpeg") && a.Size <= maxPhoto
}

// upload reads the attachment anew and hands it to the call.
func (p *Platform) upload(
	ctx context.Context, l letter, m part,
	call func(context.Context, letter, part, models.InputFile) (*models.Message, error),
) (string, error) {
	if l.out.Body == nil {
		return "", fmt.Errorf("attachment of reply %s has no bytes", l.out.ID)
	}
	body, err := l.out.Body(ctx)
	if err != nil {
		return "", fmt.Errorf("open attachment: %w", err)
	}
	defer func() { _ = body.Close() }()
	return messageID(call(ctx, l, m, &models.InputFileUpload{Filename: fileName(m.file.Name), Data: &source{body}}))
}

// source is an attachment on its way out. The library reads it in a goroutine of its own and asks whether it is a nil
// pointer, so it has to be a pointer, and a panic in it would end the program.
type source struct{ body io.Reader }

// Read reads on; a panic below is an error.
func (s *source) Read(b []byte) (n int, err error) {
	defer func() {
		if p := recover(); p != nil {
			n, err = 0, fmt.Errorf("read attachment: panic with a %T", p)
		}
	}()
	return s.body.Read(b)
}

func (p *Platform) document(ctx context.Context, l letter, m part, f models.InputFile) (*models.Message, error) {
	return p.calls.SendDocument(ctx, &library.SendDocumentParams{
		ChatID: l.chat, Document: f, Caption: m.text, CaptionEntities: m.styles,
		DisableNotification: l.out.Reply.Silent, ReplyMarkup: markup(m.keys),
	})
}

func (p *Platform) photo(ctx context.Context, l letter, m part, f models.InputFile) (*models.Message, error) {
	return p.calls.SendPhoto(ctx, &library.SendPhotoParams{
		ChatID: l.chat, Photo: f, Caption: m.text, CaptionEntities: m.styles,
		DisableNotification: l.out.Reply.Silent, ReplyMarkup: markup(m.keys),
	})
}

// fileName keeps what would break the header or mislead the reader out of a file's name.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case r < ' ', r == 0x7f, r == '/', r == '\\', r == '"', r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return '_'
		}
		return r
	}, clean(name))
	if name == "" {
		return "file"
	}
	return name
}

// Open reads a file that a person sent; see bot.Platform. It asks for a new link once when the first is no longer good,
// and gives up a download that takes more than 90 s.
func (p *Platform) Open(ctx context.Context, fileID string) (io.ReadCloser, error) {
	ctx, cancel := context.WithTimeout(ctx, fileTime)
	body, err := p.download(ctx, fileID)
	if errors.Is(err, bot.ErrFileGone) && ctx.Err() == nil {
		body, err = p.download(ctx, fileID)
	}
	if err != nil {
		cancel()
		return nil, err
	}
	return &download{body: body, limit: p.Limits().FileIn, wire: p.wire, cancel: cancel}, nil
}

// download asks where the file is and opens it there.
func (p *Platform) download(ctx context.Context, fileID string) (io.ReadCloser, error) {
	f, err := p.calls.GetFile(ctx, &library.GetFileParams{FileID: fileID})
	switch {
	case is(err, fileTooBig):
		return nil, fmt.Errorf("telegram: %w", bot.ErrFileTooLarge)
	case is(err, fileVanished):
		return nil, fmt.Errorf("telegram: %w", bot.ErrFileGone)
	case err != nil:
		return nil, p.sendError("", err)
	case f.FilePath == "":
		return nil, fmt.Errorf("telegram: %w", bot.ErrFileGone)
	case f.FileSize > p.Limits().FileIn:
		return nil, fmt.Errorf("telegram: %w", bot.ErrFileTooLarge)
	}
	if filepath.IsAbs(f.FilePath) && p.server != OfficialURL { // a server of our own names its files on this machine
		return p.local(f.FilePath)
	}
	return p.fetch(ctx, f.FilePath)
}

func (p *Platform) local(path string) (io.ReadCloser, error) {
	file, err := os.Open(path) //nolint:gosec // the path comes from our own Bot API server
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("telegram: %w", bot.ErrFileGone)
	}
	if err != nil {
		return nil, errors.New("telegram: the Bot API server's file cannot be read: it must share its folder with this program")
	}
	return file, nil
}

func (p *Platform) fetch(ctx context.Context, path string) (io.ReadCloser, error) {
	address := p.server + "/file/bot" + p.opt.Token + "/" + (&url.URL{Path: path}).EscapedPath()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, fmt.Errorf("telegram: download: %w", p.wire.scrub(err))
	}
	res, err := p.wire.client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("telegram: download: %w", p.wire.scrub(err))
	}
	switch {
	case res.StatusCode == http.StatusOK:
		return res.Body, nil
	case res.StatusCode == http.StatusNotFound, res.StatusCode == http.StatusGone:
		err = fmt.Errorf("telegram: download: %w", bot.ErrFileGone)
	default:
		err = fmt.Errorf("telegram: download: status %d", res.StatusCode)
	}
	_ = res.Body.Close()
	return nil, err
}

// download is a file on its way to us, no longer than its limit.
type download struct {
	body   io.ReadCloser
	limit  int64
	wire   *wire
	cancel context.CancelFunc
}

// Read reads on; more than the limit is ErrFileTooLarge.
func (d *download) Read(b []byte) (int, error) {
	n, err := d.body.Read(b)
	if d.limit -= int64(n); d.limit < 0 {
		return 0, fmt.Errorf("telegram: %w", bot.ErrFileTooLarge)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = fmt.Errorf("telegram: download: %w", d.wire.scrub(err))
	}
	return n, err
}

// Close ends the download.
func (d *download) Close() error {
	defer d.cancel()
	return d.body.Close()
}
