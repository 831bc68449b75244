"""Real data sets that ship inside scikit-learn: nothing is downloaded.

scikit-learn is imported when a set is asked for, since nothing else here needs it.
"""

import numpy as np

__all__ = ["load_breast_cancer", "load_diabetes", "load_digits"]


def load_digits():
    """Load 1797 handwritten digits of 8 by 8 pixels.

    Returns
    -------
    X : ndarray of shape (N, D)
        Pixels, 0 to 16, row by row; N is 1797 and D is 64.
    y : ndarray of shape (N,)
        The digit, 0 to 9; the ten classes are about equally frequent.

    References
    ----------
    .. [1] E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine
           Learning Repository, 1998.

    Examples
    --------
    >>> X, y = load_digits()
    >>> X.shape, y[:5]
    ((1797, 64), array([0, 1, 2, 3, 4]))
    """
    from sklearn.datasets import load_digits as load

    X, y = load(return_X_y=True)
    return X.astype(np.float64), y.astype(np.int64)


def load_breast_cancer():
    """Load 569 tumours, measured under the microscope: malignant or not.

    Returns
    -------
    X : ndarray of shape (N, D)
        Measurements in their own units; N is 569 and D is 30.
    y : ndarray of shape (N,)
        1 for malignant (212 of them), 0 for benign: the rarer class, which must not be missed, is
        the positive one. scikit-learn has them the other way round.

    References
    ----------
    .. [1] W. N. Street, W. H. Wolberg and O. L. Mangasarian, "Nuclear feature extraction for breast
           tumor diagnosis", Biomedical Image Processing, 1993.

    Examples
    --------
    >>> X, y = load_breast_cancer()
    >>> X.shape, int(y.sum())
    ((569, 30), 212)
    """
    from sklearn.datasets import load_breast_cancer as load

    X, y = load(return_X_y=True)
    return X.astype(np.float64), 1 - y.astype(np.int64)


def load_diabetes():
    """Load 442 patients: ten measurements, and how far their diabetes went in a year.

    Returns
    -------
    X : ndarray of shape (N, D)
        Age, sex, body mass index, blood pressure and six blood values in their own units; N is
        442 and D is 10.
    y : ndarray of shape (N,)
        Progression after one year, 25 to 346.

    References
    ----------
    .. [1] B. Efron et al., "Least Angle Regression", Annals of Statistics 32(2), 2004, table 1.

    Examples
    --------
    >>> X, y = load_diabetes()
    >>> X.shape, float(y.min()), float(y.max())
    ((442, 10), 25.0, 346.0)
    """
    from sklearn.datasets import load_diabetes as load

    # Unscaled: the scaled form was standardised with all rows, those of any test set among them.
    X, y = load(return_X_y=True, scaled=False)
    return X.astype(np.float64), y.astype(np.float64)
