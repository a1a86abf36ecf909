package experiment

import (
	"fmt"

	"hopcap/sweep/study"
)

// What captions of figures say of the dynamics, of where trials start and of what
// counts as retrieval.

func captioned(k study.Key, caption func(setting func(string) any) string) study.Key {
	k.Caption = caption
	return k
}

// lists reports whether an experiment lists states instead of relaxing to them.
func lists(setting func(string) any) bool { return setting("experiment") == "enumerate" }

// schedules reports whether an experiment has temperatures of its own.
func schedules(setting func(string) any) bool {
	return setting("experiment") == "annealing" || setting("experiment") == "tempering"
}

func orderCaption(setting func(string) any) string {
	if lists(setting) {
		return ""
	}
	return map[any]string{
		"random":     "sequential updates in random order",
		"typewriter": "sequential updates in fixed order",
		"parallel":   "parallel updates",
	}[setting("order")]
}

func temperatureCaption(setting func(string) any) string {
	if lists(setting) || schedules(setting) {
		return ""
	}
	return fmt.Sprintf("$T = %v$", setting("temperature"))
}

// sweepsCaption names a limit that is no safeguard but part of the question.
func sweepsCaption(setting func(string) any) string {
	return map[any]string{int64(1): "one sweep", int64(2): "two sweeps"}[setting("max_sweeps")]
}

func startCaption(setting func(string) any) string {
	return map[any]string{"random": "random starts", "mixture": "starts from mixtures of patterns"}[setting("start")]
}

// cueCaption says what cues are, where trials start from cues.
func cueCaption(setting func(string) any) string {
	cue, overlap := setting("cue"), setting("overlap")
	switch start := setting("start"); {
	case start != nil && start != "cue":
		return ""
	case overlap == 1.0:
		return "starts from the stored patterns themselves"
	case overlap == nil || overlap == study.Several:
		return fmt.Sprintf("%v cues", cue)
	case cue == "partial":
		return fmt.Sprintf("partial cues that know a fraction %v of their pattern", overlap)
	}
	return fmt.Sprintf("noisy cues of overlap $m_0 = %v$", overlap)
}

func retrievedCaption(setting func(string) any) string {
	return fmt.Sprintf("retrieved means a final overlap of at least %v", setting("retrieved_at"))
}
