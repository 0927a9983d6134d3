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

// Together does the parts of a work beside each other, and returns when all are done. A panic in one is the caller's.
func Together(parts int, do func(part int)) {
	var waits []func() error
	for i := 1; i < parts; i++ {
		waits = append(waits, beside(func() error {
			do(i)
			return nil
		}))
	}
	do(0)
	for _, wait := range waits {
		if err := wait(); err != nil {
			panic(err)
		}
	}
}
