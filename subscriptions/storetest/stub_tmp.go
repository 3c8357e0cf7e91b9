package storetest

func registryTests() []test { return nil }
func archiveTests() []test  { return nil }
func mergeTests() []test    { return nil }
func digestTests() []test   { return nil }
func progressTests() []test { return nil }
func upkeepTests() []test   { return nil }
