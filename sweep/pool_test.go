package sweep

import (
	"sync/atomic"
	"testing"
)

func TestDoCallsEveryPartOnce(t *testing.T) {
	for _, workers := range []int{1, 2, 7} {
		p := newPool(workers)
		p.acquire()
		var calls [100]atomic.Int32
		p.do(len(calls), func(i int) { calls[i].Add(1) })
		for i := range calls {
			if n := calls[i].Load(); n != 1 {
				t.Errorf("%d workers: part %d called %d times", workers, i, n)
			}
		}
		p.release()
		if len(p.tokens) != 0 {
			t.Errorf("%d tokens are still held", len(p.tokens))
		}
	}
}

// TestDoUsesIdleWorkers has parts that wait for one another: they can only end if
// they run at the same time.
func TestDoUsesIdleWorkers(*testing.T) {
	p := newPool(3)
	p.acquire()
	var here atomic.Int32
	all := make(chan struct{})
	p.do(3, func(int) {
		if here.Add(1) == 3 {
			close(all)
		}
		<-all
	})
}

// TestPanicEndsTheJob: what is not begun by then is not begun.
func TestPanicEndsTheJob(t *testing.T) {
	p := newPool(1)
	p.acquire()
	parts := 0
	defer func() {
		if c, ok := recover().(*caught); !ok || c.value != "part 3" || len(c.stack) == 0 || parts != 4 {
			t.Errorf("%v after %d parts", c, parts)
		}
	}()
	p.do(8, func(part int) { parts++; panicAt3(part) })
}

// TestDoLeavesBusyWorkersAlone: all tokens are held, so the caller works alone.
func TestDoLeavesBusyWorkersAlone(t *testing.T) {
	p := newPool(2)
	p.acquire()
	p.acquire()
	var now, most atomic.Int32
	p.do(20, func(int) {
		most.Store(max(most.Load(), now.Add(1)))
		now.Add(-1)
	})
	if most.Load() != 1 {
		t.Errorf("%d parts at once", most.Load())
	}
}
