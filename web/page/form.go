package page

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"time"

	"jianbao/bulletin/intake"
	"jianbao/fault"
	"jianbao/workflow"
)

// What forms may be.
const (
	// MaxBody is the largest request that is read, in bytes: a text of some
	// 200,000 Chinese characters, each of which a form sends as nine.
	MaxBody = 2 << 20
	// MaxUpload is the largest request with files that is read, in bytes: a
	// file of the size that is taken, and a text beside it.
	MaxUpload = intake.MaxFile + MaxBody
	// MaxParts is how many fields and files one form may have.
	MaxParts = 100
	// maxUploads is how many requests with files are read at once; the others
	// wait. It bounds the memory, since files are never written to disk before
	// somebody has looked whether they may be kept at all.
	maxUploads = 4
	// uploadTime is how long somebody may take to send files.
	uploadTime = 3 * time.Minute
)

// Limited cuts off a request that is too long.
func Limited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		most := int64(MaxBody)
		if isMultipart(r) {
			most = MaxUpload
		}
		r.Body = http.MaxBytesReader(w, r.Body, most)
		next.ServeHTTP(w, r)
	})
}

func isMultipart(r *http.Request) bool {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && kind == "multipart/form-data"
}

// ReadForm reads the form of a request into r.PostForm and returns its files
// with their bytes. Nothing of it touches a disk: what is classified must not,
// and that is known only after reading.
func (k *Kit) ReadForm(w http.ResponseWriter, r *http.Request) ([]workflow.File, error) {
	if !isMultipart(r) {
		return nil, Unreadable(r.ParseForm())
	}
	select {
	case k.uploads <- struct{}{}:
		defer func() { <-k.uploads }()
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	// Where the server's own limit cannot be moved, it stays.
	_ = http.NewResponseController(w).SetReadDeadline(k.Now().Add(uploadTime))
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, Unreadable(err)
	}
	values, files, err := readParts(parts)
	r.PostForm = values
	return files, Unreadable(err)
}

var errTooManyParts = errors.New("web: a form of too many parts")

// readParts reads the parts of a form: fields of MaxBody bytes together, and
// files. A field for a file in which none was chosen is no file.
func readParts(parts *multipart.Reader) (url.Values, []workflow.File, error) {
	values, room := url.Values{}, int64(MaxBody)
	var files []workflow.File
	for range MaxParts {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return values, files, nil
		}
		if err != nil {
			return values, nil, err
		}
		if name := part.FileName(); name != "" {
			data, err := io.ReadAll(part)
			if err != nil {
				return values, nil, err
			}
			files = append(files, workflow.File{Name: name, Type: part.Header.Get("Content-Type"), Data: data})
			continue
		}
		text, err := io.ReadAll(io.LimitReader(part, room+1))
		if err == nil && int64(len(text)) > room {
			err = &http.MaxBytesError{Limit: MaxBody}
		}
		if err != nil {
			return values, nil, err
		}
		room -= int64(len(text))
		values.Add(part.FormName(), string(text))
	}
	return values, nil, errTooManyParts
}

// Unreadable says that a form could not be read, if it could not.
func Unreadable(err error) error {
	var big *http.MaxBytesError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &big):
		return fault.New(fault.Invalid, tooLarge.With(int(big.Limit>>20))).Because(err)
	}
	return fault.New(fault.Invalid, BadForm.With()).Because(err)
}
