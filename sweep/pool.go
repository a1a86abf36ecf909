package sweep

import (
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// A pool is the right of so many goroutines to compute at the same time. A
// worker holds a token while it runs a unit; the tokens that are left are for
// whoever can share its work.
type pool struct{ tokens chan struct{} }

func newPool(workers int) *pool { return &pool{make(chan struct{}, workers)} }

func (p *pool) acquire() { p.tokens <- struct{}{} }
func (p *pool) release() { <-p.tokens }

// do calls f(0) … f(n−1) on the calling worker and, as far as tokens are left,
// on others.
func (p *pool) do(n int, f func(part int)) {
	j := &job{pool: p, n: int64(n), f: f}
	j.work()
	j.helpers.Wait()
	if caught := j.panicked.Load(); caught != nil {
		panic(caught)
	}
}

// A job is the parts of one call of do.
type job struct {
	pool     *pool
	n        int64
	f        func(part int)
	next     atomic.Int64
	helpers  sync.WaitGroup
	panicked atomic.Pointer[caught]
}

// A caught panic is carried from a helper to the trial that it helped.
type caught struct {
	value any
	stack []byte
}

func (c *caught) String() string { return fmt.Sprint(c.value) }

// Stack is where it panicked.
func (c *caught) Stack() []byte { return c.stack }

// work does parts until there are none. Before each it looks for a helper, so
// that a worker that falls idle later still joins in.
func (j *job) work() {
	for i := j.next.Add(1) - 1; i < j.n; i = j.next.Add(1) - 1 {
		if i+1 < j.n {
			j.recruit()
		}
		j.part(int(i))
	}
}

func (j *job) recruit() {
	select {
	case j.pool.tokens <- struct{}{}:
		j.helpers.Go(func() {
			defer j.pool.release()
			j.work()
		})
	default:
	}
}

// part turns a panic into the end of the job.
func (j *job) part(i int) {
	defer func() {
		if v := recover(); v != nil {
			j.next.Store(j.n)
			j.panicked.CompareAndSwap(nil, catch(v))
		}
	}()
	j.f(i)
}

// catch keeps the innermost stack of a panic that went through several jobs.
func catch(v any) *caught {
	if c, ok := v.(*caught); ok {
		return c
	}
	return &caught{v, debug.Stack()}
}
