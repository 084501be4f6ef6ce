// Package dossier is an issue's whole file in one ZIP (整卷): the paper and the Word
// file, who signed it, whom it went to, who acknowledged it, what leaders wrote on
// it, its history with the hash of every line, the files that went with it, what
// was handed in, and what was sent.
//
//	案卷.zip
//	  01正文/       the paper as it went out, and the issue set anew as PDF, Word and text
//	  02审签/       the sign-off sheet, and the scans of what was signed on paper
//	  03发放名单.xlsx 04签收情况.xlsx 05领导批示.xlsx
//	  06办理过程.xlsx 06办理过程.jsonl
//	  07附件/ 08批示扫描/ 09来稿/ 10发出的邮件/
//	  清单.txt      the SHA-256 of every file, in the form that sha256sum -c reads
//
// What there is nothing of is left out. The bytes depend on the books alone: the
// same issue gives the same file until something is entered about it. Names are
// UTF-8 and say so (APPNOTE.TXT 4.4.4, bit 11), so that Explorer shows them.
//
// A file is written part by part, and no part but the one being written is held
// in memory. Whatever fails before the first byte is an ordinary error; what fails
// later leaves a ZIP without its directory, which no program opens.
package dossier
