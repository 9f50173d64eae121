/// What a browser loads: the web client, its libraries, and the pictures people send.
@NullMarked
package io.parley.face.web;

import org.jspecify.annotations.NullMarked;
