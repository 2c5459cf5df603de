package io.belfry.store.read;

import org.jspecify.annotations.Nullable;

/// The cells of one element of an array: several, or the element itself.
record ElementCells(Object element) implements Cells {
  @Override
  public @Nullable String text(int cell) {
    return element instanceof Object[] cells ? (String) cells[cell] : (String) element;
  }

  @Override
  public Object[] elements(int cell) {
    throw new IllegalStateException("arrays hold no arrays of related objects");
  }
}
