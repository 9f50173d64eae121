-- Whatever is compared without regard to case is folded anew: see store/Refolding.java.
RUN refolding;
