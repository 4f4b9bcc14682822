"""What a reader may type for an output, and what is said of it."""

ROW = "tensor([[[  1,  10, 102,  20, 203]]])"
SIZE = "torch.Size([1, 1, 9])"
PAIR = "tensor([[1.0000, 0.3333],\n        [0.5000, -2.0000]], dtype=torch.float64)"

# output, answer, verdict, words of the reply
ANSWERS = [
    (ROW, "1, 10, 102, 20, 203", "right", ""),
    (ROW, "1 10 102 20 203", "right", ""),
    (ROW, "[[[1,10,102,20,203]]]", "right", ""),
    (ROW, ROW, "right", ""),
    (ROW, "1. 10. 102. 20. 203.", "right", ""),
    (ROW, "１，１０，１０２、２０，２０３", "right", ""),
    (ROW, "1 10 12 20 203", "wrong", "the 3rd number"),
    (ROW, "2 10 102 20 203", "wrong", "the 1st number"),
    (ROW, "1 11", "wrong", "the 2nd number"),
    (ROW, "1 10 102 20 302 0", "wrong", "the 5th number"),
    (ROW, "1 10 102 20", "wrong", "Too few numbers"),
    (ROW, "1 10 102 20 203 30", "wrong", "Too many numbers: 5 come out"),
    (ROW, "???", "wrong", "for example"),
    (SIZE, "1,1,9", "right", ""),
    (SIZE, "(1, 1, 9)", "right", ""),
    (SIZE, "[1,1,9]", "right", ""),
    (SIZE, "torch.Size([1, 1, 9])", "right", ""),
    (SIZE, "1x1x9", "right", ""),
    (SIZE, "1 × 1 × 9", "right", ""),
    (SIZE, "1, 1, 10", "wrong", "the 3rd number"),
    (SIZE, "9", "wrong", "the 1st number"),
    ("True", "true", "right", ""),
    ("True", "'True'", "right", ""),
    ("True", "False", "wrong", "another value"),
    ("True", "1", "wrong", "another value"),
    ("[True, False]", "true false", "right", ""),
    ("[True, False]", "true true", "wrong", "the 2nd"),
    ("tensor([[1., 10.]])", "1 10", "right", ""),
    ("5.", "5", "right", ""),
    ("5", "5.", "right", ""),
    ("5", "5.4", "wrong", "another value"),
    ("9", "9, 10", "wrong", "one comes out"),
    ("-1", "−1", "right", ""),
    (PAIR, "1 1/3 ½ -2", "right", ""),
    (PAIR, "1, 0.3333, 0.5, -2", "right", ""),
    (PAIR, "1, 0.33333333, 0.5, -2", "right", ""),
    (PAIR, "1, 0.33, 0.5, -2", "wrong", "the 2nd number"),
    (PAIR, "1, 0.3333, 0.5, 2", "wrong", "the 4th number"),
    ("[0.1, 0.25]", "0.1 0.2", "wrong", "the 2nd number"),
    ("range(8, 10)", "8, 10", "right", ""),
    ("5e-07", "0.0000005", "right", ""),
    ("'same'", "same", "right", ""),
    ("'same'", "valid", "wrong", "another value"),
    ("size 9", "9", "right", ""),
    ("9\n10", "9, 10", "right", ""),
    ("9\n10", "9, 9", "wrong", "the 2nd number"),
    ("array([1, 2], dtype=int32)", "1 2", "right", ""),
    ("tensor([6.], grad_fn=<AddBackward0>)", "6", "right", ""),
    ("None", "none", "right", ""),
    ("tensor([inf, nan])", "inf nan", "right", ""),
]

PRINTED = list(dict.fromkeys(printed for printed, *_ in ANSWERS))

# A sentence is read, not guessed.
SHOWN_ONLY = [
    "Sizes of tensors must match except in dimension 1. Expected size 50 but got size 49",
    "no number here at all",
]
