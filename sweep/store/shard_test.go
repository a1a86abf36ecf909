package store_test

import (
	"hopcap/sweep/store"
	"testing"
)

func TestParseShard(t *testing.T) {
	if s, err := store.ParseShard("2/5"); err != nil || s != (store.Shard{Index: 2, Count: 5}) {
		t.Errorf("%v, %v", s, err)
	}
	for _, text := range []string{"", "1", "5/5", "-1/5", "0/0", "1/x", "a/2", "1/2/3"} {
		if s, err := store.ParseShard(text); err == nil {
			t.Errorf("%q is %v", text, s)
		}
	}
}
