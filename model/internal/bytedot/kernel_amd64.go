package bytedot

func native() []*Kernel { return nil }
