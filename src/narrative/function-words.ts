/** Words that stand in any text and tell no story by themselves, canonical spelling. */
export const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  `
ada adalah agar akan aku anda apa apakah apalagi atas atau bagaimana bagi bahkan bahwa baik banget banyak baru bawah
beberapa begini begitu belum benar berapa besar betul biar biasa bikin bisa boleh buat bukan cara coba cuma dalam dan
dapat dari daripada datang demi dengan depan di dia dong dua dulu enak engkau entah gimana hal hampir hanya harus hari
hingga ingin ini iya itu jadi jangan jelas jika juga justru kah kalau kali kalian kamu kan kapan karena kata katanya ke
kecil kemarin kenapa kepada kita kok kayak kemudian lagi lah lain lalu lama langsung lebih lewat lihat lo loh maka
makin mana masa masih mau melalui memang mereka mesti meski misal mulai mungkin nah namun nanti nih nya nyata oleh orang
pada padahal paling para pas pasti pernah perlu pula pun punya saat saja saling sama sambil sampai sangat saya sebab
sebagai sebelum sebuah sedang segera sehingga sejak sekali sekarang selain selalu selama semakin semua sendiri seorang
seperti sering serta sesuatu setelah setiap siapa si sih sini sudah suka supaya tadi tahu tak tahun tanpa tapi telah
tempat tentang tentu terlalu terus terhadap tersebut tetap tetapi tiap tidak tuh turut untuk waktu walau walaupun ya
yaitu yakin yang yuk rt via user url cc amp the and you for are this that with have not but was all can from your
of to in is it on my me we do so be at as by or if an
halo hai bang bro gan min kak mas mbak pak bu bapak ibu om tante dik
`
    .trim()
    .split(/\s+/),
);
