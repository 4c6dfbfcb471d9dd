package io.replaylinker.runtime.cli;

import java.util.List;

/** A command whose options can be wrong in ways that only a look at the machine tells, as a file that is not there. */
public interface CheckedOptions {

    /** All mistakes, each a line that names the option; asked before the command runs. Must not throw. */
    List<String> problems();
}
