package accounts

import "strings"

// commonest are the passwords of at least [MinPassword] characters that are tried
// first, here and elsewhere: walks over the keyboard, words with a number behind
// them, and the names of what this is. Shorter ones are refused for their length.
var commonest = map[string]bool{}

func init() {
	for password := range strings.FieldsSeq(`
		0123456789 1234567890 01234567890 12345678910 1234567891 123456789a a123456789 123456789abc abc123456789 9876543210 0987654321
		1234567890a 1234567890q 123456789q q123456789 123456789z z123456789 aa123456789 asd123456789 qq123456789 wang123456789
		11223344556 1122334455 123123123123 123321123321 147258369a 1472583690 1592648370 5201314520 5201314woaini woaini5201314 woaini1314 woaini1314520
		qwertyuiop qwertyuiop123 qwerty123456 qwerty12345 1qaz2wsx3edc 1qaz@wsx3edc 1qazxsw23edc qazwsxedcrfv qazwsx123456 q1w2e3r4t5 q1w2e3r4t5y6 1q2w3e4r5t 1q2w3e4r5t6y
		asdfghjkl1 asdfghjkl; asdfghjkl123 asdf123456 asd123456789 zxcvbnm123 zxcvbnm,./ zxcvbnm12345 !@#$%^&*() qwer123456 qwer1234.. abcd123456 abcd1234.. abcdefghij a1b2c3d4e5 aaa123456789
		password12 password123 password1234 password12345 password123456 passw0rd123 p@ssw0rd12 p@ssw0rd123 p@ssword123 password@123 password!23 mima123456 mima@123456
		admin12345 admin123456 admin123456789 admin@123456 admin@12345 admin@1234 admin123!@# adminadmin administrator root123456 root@123456 test123456 test@123456 user123456 guest123456
		iloveyou12 iloveyou123 welcome123 welcome@123 changeme123 letmein123 superman123 football123 sunshine123 princess123 dragon123456 monkey123456 china123456 zhongguo123 beijing123 beijing2008
		jianbao123 jianbao1234 jianbao123456 jianbao@123 bangong123 bangongshi bangongshi123 keji123456 kejiju123456 huawei@123 huawei12#$ hikvision123 h3c@123456 abc@123456 aa123456.. abc12345678`) {
		commonest[password] = true
	}
}

// common reports whether a password is one of those that are tried first,
// however it is written.
func common(password string) bool { return commonest[strings.ToLower(password)] }
