module hopcap

go 1.26
