package model

import (
	"context"
	"math/big"
)

// stored returns the network of a rule that always has one.
func stored(rule Rule, p *Patterns) Network {
	net, err := rule.Store(context.Background(), p, Key{}, nil)
	if err != nil {
		panic(err)
	}
	return net
}

// heatable is a pattern set stored by a rule that can be heated.
type heatable struct {
	rule Heatable
	*Patterns
	Network
}

func heatableOf(rule Heatable, p *Patterns) heatable { return heatable{rule, p, stored(rule, p)} }

func (h heatable) unit() *big.Rat { return h.rule.FieldUnit(h.N, h.K) }

// energeticFlippers are what replicas in equilibrium are.
type energeticFlippers interface {
	Flippers
	Energy(r int) float64
}

// fields are the local fields of replicas.
func fields(x Replicas) LocalFields { return x.(LocalFields) }

// energy returns the energy per neuron of a replica.
func energy(x Replicas, r int) float64 { return x.(Energetic).Energy(r) }
