package storage

import (
	"context"
	"errors"
	"iter"

	"lamsach/bot"
	"lamsach/core/ledger"
)

// stageBlocks is how many blocks one staging transaction takes when no turn waits: some 100 KB.
const stageBlocks = 24

// lotSize is how many people are gathered before they are sealed: each lot wakes another thread.
const lotSize = 8 * blockSize

// stage is a batch of sealed blocks and the memory they lie in, used again for the batch after next.
type stage struct {
	blocks [stageBlocks]block
	full   int // of blocks
}

// stager seals one batch while the batch before it is written.
type stager struct {
	s      *Store
	list   int64
	stages [2]stage
	now    int
	plain  []byte // of the block that is being gathered
	packed []byte // of the last one
	last   place
	keys   keyList
	wait   func() error // for the batch before
}

// stagePeople stores the people of a list, of whom so many are expected, in blocks. The keyed hashes come last, in their order.
func (s *Store) stagePeople(ctx context.Context, list int64, people iter.Seq[ledger.Person], expected int) (count int, err error) {
	st := stager{s: s, list: list, keys: newKeyList(expected), wait: func() error { return nil }}
	for few := range ahead(people, lotSize) {
		for i := range few {
			if err = st.add(ctx, &few[i]); err != nil {
				break
			}
			count++
		}
		if err != nil {
			break
		}
	}
	sorted := bot.Beside(func() error {
		st.keys.sort()
		return nil
	})
	if err == nil {
		err = st.end(ctx)
	}
	if err = errors.Join(err, st.wait(), sorted()); err != nil {
		return count, err
	}
	return count, s.stageKeys(ctx, list, &st.keys)
}

// ahead gives what comes in lots, which are good until the next one. The next is gathered in a goroutine of its own meanwhile; a
// panic there is the caller's.
func ahead[T any](all iter.Seq[T], size int) iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		full, left := make(chan []T), make(chan struct{})
		var panicked any
		bot.Go(func() {
			defer close(full)
			defer func() { panicked = recover() }()
			inLots(all, size, func(lot []T) bool {
				select {
				case full <- lot:
					return true
				case <-left:
					return false
				}
			})
		})
		defer func() {
			close(left)
			for range full { // until the other goroutine has ended
			}
			if panicked != nil {
				panic(panicked)
			}
		}()
		for lot := range full {
			if !yield(lot) {
				return
			}
		}
	}
}

// inLots passes on what comes in lots, in the memory of two: one is worked on while the other is filled.
func inLots[T any](all iter.Seq[T], size int, pass func([]T) bool) {
	var lots [2][]T
	now := 0
	for v := range all {
		lots[now] = append(lots[now], v)
		if len(lots[now]) < size {
			continue
		}
		if !pass(lots[now]) {
			return
		}
		now = (now + 1) % len(lots)
		lots[now] = lots[now][:0]
	}
	if len(lots[now]) > 0 {
		pass(lots[now])
	}
}

// add seals a block when it is full, and hands a batch over when that is.
func (st *stager) add(ctx context.Context, p *ledger.Person) error {
	at := place{p.Sheet, p.Row}
	open := &st.stages[st.now].blocks[st.stages[st.now].full]
	if len(st.plain) == 0 {
		open.reset()
		if st.keys.people > 0 && !st.last.before(at) {
			return errOrder
		}
	}
	hashes := st.s.hashesOf(p.NumberKey, p.NameKey, p.MotherKey)
	var err error
	if st.plain, err = open.add(st.plain, p, &hashes); err != nil {
		return err
	}
	st.last = at
	st.keys.add(at, &hashes)
	if open.people < blockSize {
		return nil
	}
	return st.seal(ctx)
}

// seal ends the block that is being gathered.
func (st *stager) seal(ctx context.Context) error {
	now := &st.stages[st.now]
	st.packed = st.s.sealBlock(&now.blocks[now.full], st.list, st.plain, st.packed)
	st.plain = st.plain[:0]
	if now.full++; now.full < len(now.blocks) {
		return nil
	}
	return st.flush(ctx)
}

// flush hands a batch over to the writer, after the one before it is written.
func (st *stager) flush(ctx context.Context) error {
	wait := st.wait
	st.wait = func() error { return nil }
	if err := wait(); err != nil {
		return err
	}
	full := &st.stages[st.now]
	st.wait = st.s.stageRows(ctx, st.s.insertBlocks, full.full, func(to []any, i int) []any {
		b := &full.blocks[i]
		return append(to, st.list, b.first.sheet, b.first.row, b.people, b.places, b.hashes, b.body)
	})
	st.now = 1 - st.now
	st.stages[st.now].full = 0
	return nil
}

// end seals and hands over what is left.
func (st *stager) end(ctx context.Context) error {
	if len(st.plain) > 0 {
		if err := st.seal(ctx); err != nil {
			return err
		}
	}
	if st.stages[st.now].full == 0 {
		return nil
	}
	return st.flush(ctx)
}
