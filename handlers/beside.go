package handlers

import "fmt"

// beside does work in a goroutine of its own, and gives what waits for its end and tells how it ended. A panic is an error.
func beside(work func() error) (wait func() error) {
	ended := make(chan error, 1)
	go func() { ended <- guarded(work) }()
	return func() error { return <-ended }
}

// guarded does work; a panic of it is an error.
func guarded(work func() error) (err error) {
	defer func() {
		if p := recover(); p != nil { // its words might be about a person
			err = fmt.Errorf("panic with a %T in work beside", p)
		}
	}()
	return work()
}
