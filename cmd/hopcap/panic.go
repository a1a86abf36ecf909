package main

import (
	"fmt"
	"os"
	"runtime/debug"
	"strings"
)

// stackVariable is an environment variable. If it is set, a fault of the program prints
// the stack.
const stackVariable = "HOPCAP_STACK"

// A fault is a panic: an error of the program, not of its user.
type fault struct {
	value any
	args  []string
	stack []byte
}

// newFault takes what a panic said. One that was carried here from another goroutine
// knows its own stack.
func newFault(value any, args []string) *fault {
	f := &fault{value, args, debug.Stack()}
	if carried, ok := value.(interface{ Stack() []byte }); ok {
		f.stack = carried.Stack()
	}
	return f
}

// Error is one line, and the stack after it if the environment asks for it.
func (f *fault) Error() string {
	command := strings.Join(append([]string{"hopcap"}, f.args...), " ")
	text := oneLine(fmt.Sprintf("this is a fault of the program; please report it with this line: hopcap %s (physics %s), command %q: %v",
		version, physics, command, f.value))
	if os.Getenv(stackVariable) == "" {
		return text + "; set " + stackVariable + "=1 to see where it happened"
	}
	return text + "\n" + string(f.stack)
}

// oneLine makes a text one line.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
