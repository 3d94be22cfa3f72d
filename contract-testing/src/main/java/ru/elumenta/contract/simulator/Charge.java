package ru.elumenta.contract.simulator;

/**
 * What somebody paid for a generation.
 *
 * @param id of the generation
 * @param input the prompt, the last message, the text or the name of the file
 * @param isHidden whether a fault kept its answer from the caller
 * @param isDouble whether an earlier one for the same model and input was hidden
 */
public record Charge(
    String id, String model, String input, long tokens, boolean isHidden, boolean isDouble) {}
