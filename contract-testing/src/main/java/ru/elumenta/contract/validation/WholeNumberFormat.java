package ru.elumenta.contract.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Format;
import com.networknt.schema.ValidationContext;

/** A whole number of so many bits, which the library takes for any. */
record WholeNumberFormat(String name, int bits) implements Format {
  @Override
  public String getName() {
    return name;
  }

  @Override
  public boolean matches(ExecutionContext execution, ValidationContext context, JsonNode value) {
    return !value.isIntegralNumber() || value.bigIntegerValue().bitLength() < bits;
  }
}
