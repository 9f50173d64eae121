/// What can be set: the keys of `parley.yaml` as one tree of records, and the layers that fill it,
/// defaults under the file under the environment under the command line. A value that is not of its
/// key's type or range stops the start with the key's name.
@NullMarked
package io.parley.config;

import org.jspecify.annotations.NullMarked;
