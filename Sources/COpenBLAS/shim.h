#include <cblas.h>
#include <stddef.h>

// LAPACK is in the same library, but not every package of it brings a header along. The last two
// arguments are the lengths of the two texts, which Fortran compilers pass unseen.
void dsyevd_(const char *jobz, const char *uplo, const int *n, double *a, const int *lda,
             double *w, double *work, const int *lwork, int *iwork, const int *liwork, int *info,
             size_t jobz_length, size_t uplo_length);
