import COpenBLAS
import RandomStreams
import Word2Vec
print(openblas_get_num_threads())
