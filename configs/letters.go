//go:build ignore

// Draws letters.npy, the capital letters of Liberation Sans Bold on 16 × 16 points,
// as an int8 array of shape (26, 256): 1 for ink, −1 for paper.
//
//	go run configs/letters.go configs/letters.npy
package main

import (
	"fmt"
	"image"
	"image/draw"
	"log"
	"os"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

const side = 16

func main() {
	if err := write(os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

func write(path string) error {
	parsed, err := opentype.Parse(liberationsansbold.TTF)
	if err != nil {
		return err
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: 22, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return err
	}
	var patterns []int8
	for letter := 'A'; letter <= 'Z'; letter++ {
		patterns = append(patterns, glyph(face, letter)...)
	}
	header := fmt.Sprintf("{'descr': '|i1', 'fortran_order': False, 'shape': (26, %d), }", side*side)
	file := fmt.Appendf(nil, "\x93NUMPY\x02\x00\x4a\x00\x00\x00%-73s\n", header)
	for _, v := range patterns {
		file = append(file, byte(v))
	}
	return os.WriteFile(path, file, 0o666)
}

// glyph draws one letter in the middle of its square.
func glyph(face font.Face, letter rune) []int8 {
	bounds, _, _ := face.GlyphBounds(letter)
	middle := func(low, high fixed.Int26_6) fixed.Int26_6 { return fixed.I(side)/2 - (low+high)/2 }
	dot := fixed.Point26_6{X: middle(bounds.Min.X, bounds.Max.X), Y: middle(bounds.Min.Y, bounds.Max.Y)}
	grey := image.NewGray(image.Rect(0, 0, side, side))
	draw.Draw(grey, grey.Bounds(), image.Black, image.Point{}, draw.Src)
	d := font.Drawer{Dst: grey, Src: image.White, Face: face, Dot: dot}
	d.DrawString(string(letter))
	signs := make([]int8, side*side)
	for i, v := range grey.Pix {
		signs[i] = -1
		if v >= 128 {
			signs[i] = 1
		}
	}
	return signs
}
