package ru.elumenta.client.internal.call;

import java.lang.reflect.InvocationHandler;
import java.util.function.UnaryOperator;

/** What runs the methods of an interface, and can do so on other terms. */
public interface OnTerms {
  /** Returns a sibling whose calls have other terms. Cheap. */
  InvocationHandler on(UnaryOperator<CallTerms> changed);
}
