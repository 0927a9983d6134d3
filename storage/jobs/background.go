package jobs

// Background does work on a thread of low priority, and waits for it: people who talk go before lists that are read. What the work starts
// has the priority of all.
func Background(work func() error) error {
	ended := make(chan error, 1)
	go func() {
		stepBack()
		ended <- work()
	}()
	return <-ended
}
