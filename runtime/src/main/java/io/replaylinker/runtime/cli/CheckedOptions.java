package io.replaylinker.runtime.cli;

import java.util.List;

/** A command whose options can have mistakes that depend on the machine, as a missing file. */
public interface CheckedOptions {

    /** All mistakes, each a line that names the option; called before the command runs. Must not throw. */
    List<String> problems();
}
