package ru.elumenta.contract.exchange;

/** Who deviated: the one who asked or the one who answered. */
public enum Side {
  REQUEST,
  RESPONSE
}
