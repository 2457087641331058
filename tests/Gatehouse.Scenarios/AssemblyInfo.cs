// Each scenario starts servers of its own; side by side they would take the processors from each other and from what they measure.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
